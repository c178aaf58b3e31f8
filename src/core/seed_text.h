#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/json.h"
#include "hub/base/result.h"
#include "hub/base/time.h"

namespace hub::core {

// A seed as it is written.
struct SeedText {
  struct Organization {
    std::string id, slug, name, country_code;
    std::vector<std::string> kinds;
  };
  struct Person {
    std::string id, email, first_name, last_name;
  };
  struct Member {
    std::string id, person, org;
    std::vector<std::string> roles;
  };
  struct Scope {
    std::string id, name, access, title;
    std::vector<std::string> bearer;
  };
  struct Credential {
    std::string id, client_id, name, secret;
    bool is_public = false;
  };
  struct App {
    std::string id, client_id, name, owner, title, kind;
    std::vector<std::string> redirects, desired;
    std::vector<Scope> provides;
    std::vector<Credential> credentials;
  };
  struct Connection {
    std::string id, app, subject;
    std::vector<std::string> scopes;
    bool desired = false;
    std::string key_id, key_secret;
  };

  Instant at;  // when everything in it was made; the first half of its ids
  std::string admin_token_name, admin_token_secret;
  std::vector<Organization> organizations;
  std::vector<Person> people;
  std::vector<Member> members;
  std::vector<App> apps;
  std::vector<Connection> connections;
};
// invalid_request for anything else; members it does not know are mistakes too.
Result<SeedText> read_seed(std::string_view text);

}  // namespace hub::core
