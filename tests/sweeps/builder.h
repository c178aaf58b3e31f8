#pragma once
#include "hub/core/session.h"
#include "world.h"

namespace hub::testing {

// Builds a world by the operations, as an operator, into the directory of a blueprint. Each step comes a moment after
// the other.
class Builder {
 public:
  explicit Builder(Blueprint& plan);

  // The object of a change, or the answer.
  Json run(std::string_view operation, const Json& request);
  Json rows(std::string_view operation, const Json& request);  // of a list

  void staged_key();
  void organization(const std::string& org);    // with people, an invitation and a service account
  void apps(const std::string& org);            // with credentials, scopes and connections
  void authorizations(const std::string& org);  // of and by gamma, which is there by then
  void tokens(const std::string& org);
  void session(const std::string& org);     // of the clerk
  void devices(const std::string& org);     // one waits, and one was let in and has not fetched its token
  void write_down(const std::string& org);  // the names of what it has, in all spellings
  void finish();
  void copy_to(const TemporaryDirectory& directory);  // the hub as it is now

  // A browser in which this person is signed in, which no operation does.
  core::NewSession signed_in(const std::string& email);

  core::Hub& hub() { return *hub_; }
  ManualClock& clock() { return clock_; }
  Blueprint& plan() { return plan_; }

 private:
  void person(const std::string& org, const std::string& who, const std::string& role);
  void secret(const std::string& what, const Json& credential);
  std::string issued(const std::string& org, const Json& request);
  std::string newest_token(const std::string& org);

  Blueprint& plan_;
  ManualClock clock_;
  SeededRandom random_;
  std::unique_ptr<core::Hub> hub_;
};

}  // namespace hub::testing
