#pragma once
#include <memory>
#include <string>

#include "hub/core/hub.h"
#include "hub/core/issue.h"

namespace hub::bench {

// A hub in a directory of its own, on the real clock and random source: an app that an organization has connected.
class BenchHub {
 public:
  explicit BenchHub(const std::string& algorithm);  // of the key that signs: RS256 or ES256
  ~BenchHub();
  BenchHub(const BenchHub&) = delete;
  BenchHub& operator=(const BenchHub&) = delete;

  core::Hub& hub() { return *hub_; }
  const std::string& directory() const { return directory_; }
  std::string store() const { return directory_ + "/hub.db"; }
  const core::TokenRequest& request() const { return request_; }  // two scopes for an organization
  Call as_operator() const;
  std::string issue() { return must_issue(); }
  void add_organizations(int count);

 private:
  std::string must_issue();
  void populate();

  std::string directory_;
  SystemClock clock_;
  std::unique_ptr<Random> random_;
  std::unique_ptr<core::Hub> hub_;
  core::TokenRequest request_;
  int organizations_ = 0;
};

}  // namespace hub::bench
