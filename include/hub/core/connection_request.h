#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hub/core/answer.h"
#include "hub/core/consent.h"
#include "hub/core/work.h"
#include "hub/domain/connection_request.h"

// Members ask the admins of their organization to install an app or to let it do more. Only who may install can see and
// decide a request (claim SC-04).
namespace hub::core {

struct ConnectionRequestAnswer {
  std::string app, org, person;  // technical name, slug, address
  std::vector<std::string> scopes;
  std::string state;  // open, approved, declined
  Instant created_at;
  std::optional<std::string> decided_by;  // address
  std::optional<Instant> decided_at;
  std::string id, hash_id;
  Instant updated_at;
  std::int64_t version = 1;
};

struct RequestConnection {
  std::string app, org;
  std::vector<std::string> scopes;
  std::optional<std::string> person;  // who asks; default: the caller
};
// By a member, or by an operator for one; the admins get a mail. `exists` when they have an open one for this app; with
// ensure that is fine, and what is new in this one is added to it. wrong_state for an admin, who can install it
// themself; already_authorized when all of it was granted; access_denied when the organization may not use the app.
Result<Changed<ConnectionRequestAnswer>> request_connection(Work& work, const RequestConnection& request);

struct ListConnectionRequests {
  std::optional<std::string> org;
  bool decided = false;  // the decided ones instead of the open ones
};
// Of the organizations where the caller is an admin.
Result<void> list_connection_requests(View& view, const ListConnectionRequests& request,
                                      const std::function<bool(const ConnectionRequestAnswer&)>& each);

struct ApproveConnectionRequest {
  std::string request;
};
// Installs the app, or widens its connection, with what was asked for and is still desired; the person gets a mail.
// Once: wrong_state when it was decided.
Result<Changed<ConnectionRequestAnswer>> approve_connection_request(Work& work,
                                                                    const ApproveConnectionRequest& request);
struct DeclineConnectionRequest {
  std::string request;
};
Result<Changed<ConnectionRequestAnswer>> decline_connection_request(Work& work,
                                                                    const DeclineConnectionRequest& request);

// The open ones that the caller may decide, for their page.
struct AskedOfAdmins {
  ConnectionRequest request;
  std::string app_title, owner, organization, person;  // in words
  std::vector<ScopeInWords> scopes;                    // new: not granted yet
};
std::vector<AskedOfAdmins> asked_of_admins(View& view);

}  // namespace hub::core
