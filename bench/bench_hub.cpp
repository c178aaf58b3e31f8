#include "bench_hub.h"

#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "hub/core/app.h"
#include "hub/core/connection.h"
#include "hub/core/credential.h"
#include "hub/core/desired_scope.h"
#include "hub/core/key.h"
#include "hub/core/open.h"
#include "hub/core/organization.h"
#include "hub/core/scope.h"

namespace hub::bench {
namespace {

constexpr int organizations_at_once = 1000;

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

std::string new_directory() {
  std::string path = (std::filesystem::temp_directory_path() / "hubctl-bench-XXXXXX").string();
  if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error("no directory " + path);
  return path;
}

template <class Request, class T>
T change(core::Hub& hub, const Call& call, Result<core::Changed<T>> (*function)(core::Work&, const Request&),
         const std::type_identity_t<Request>& request) {
  return *must(hub.write(call, [&](core::Work& work) { return function(work, request); })).object;
}

}  // namespace

BenchHub::BenchHub(const std::string& algorithm) : directory_(new_directory()), random_(core::system_random()) {
  const core::HubLocation location{store(), store() + ".key"};
  must(core::init_hub(location, as_operator(), {}, clock_, *random_));
  hub_ = must(core::open_hub(location, false, clock_, *random_));
  if (algorithm != "RS256") {
    const core::RotateKey rotate{.alg = algorithm, .publish_ahead = Seconds(0)};
    const core::PreparedKey key = must(core::prepare_key(*hub_, rotate));
    must(hub_->write(as_operator(), [&](core::Work& work) { return core::rotate_key(work, rotate, key); }));
  }
  populate();
}

BenchHub::~BenchHub() {
  hub_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

Call BenchHub::as_operator() const {
  Call call;
  call.principal = Principal::local_operator("bench");
  return call;
}

void BenchHub::populate() {
  const Call call = as_operator();
  change(*hub_, call, &core::create_organization, {.name = "Vendor", .slug = "vendor"});
  change(*hub_, call, &core::create_organization, {.name = "Acme", .slug = "acme"});
  change(*hub_, call, &core::create_app, {.name = "warehouse", .owner = "vendor"});
  for (const char* name : {"items", "orders"}) {
    change(*hub_, call, &core::provide_scope,
           {.app = "warehouse", .name = name, .access = "rw", .bearer = {"organization"}, .title = name});
  }
  change(*hub_, call, &core::set_desired_scopes,
         {.app = "warehouse", .scopes = std::vector<std::string>{"warehouse.items.r", "warehouse.orders.rw"}});
  change(*hub_, call, &core::install_connection, {.app = "warehouse", .subject = "org:acme", .desired = true});
  const auto credential = change(*hub_, call, &core::create_credential, {.app = "warehouse"});
  const auto acme = must(hub_->read(call, [](core::View& view) { return core::show_organization(view, {"acme"}); }));
  request_.grant = {
      .credential_id = CredentialId::parse(credential.id).value(),
      .organization_id = OrganizationId::parse(acme.id),
      .person_id = std::nullopt,
      .scopes = {must(parse_scope_name("warehouse.items.r")), must(parse_scope_name("warehouse.orders.rw"))}};
}

void BenchHub::add_organizations(int count) {
  while (count > 0) {
    const int some = std::min(count, organizations_at_once);
    must(hub_->write(as_operator(), [&](core::Work& work) -> Result<int> {
      for (int i = 0; i < some; ++i) {
        const std::string slug = "org-" + std::to_string(organizations_ + i);
        const auto made = core::create_organization(work, {.name = "Organization " + slug, .slug = slug});
        if (!made) return made.error();
      }
      return some;
    }));
    organizations_ += some;
    count -= some;
  }
}

std::string BenchHub::must_issue() {
  const core::Issued issued = must(core::issue(*hub_, as_operator(), request_));
  return std::string(issued.access_token->reveal());
}

}  // namespace hub::bench
