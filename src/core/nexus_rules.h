#pragma once
#include <array>
#include <string>

#include "hub/core/nexus_actor.h"
#include "hub/core/work.h"

// What the operations of the two HTTP APIs share.
namespace hub::core {

Error role_required(Need need);
// principal_not_allowed for an application, role_required for a profile that has not the role.
Result<void> need_role(const NexusActor& actor, Need need);

// For a step of an operation whose rules have been asked already: runs it without asking for roles a second time, under
// the caller's name. What it is told to touch was found inside the caller's organization.
class AllowedWork {
 public:
  explicit AllowedWork(Work& work) : call_(allowed(work)), work_(work.hub(), call_, work.db(), work.now()) {}
  operator Work&() { return work_; }  // NOLINT: it is one

 private:
  static Call allowed(const Work& work) {
    Call call = work.call();
    call.principal =
        Principal{.actor = work.principal().actor, .person_id = {}, .organization_id = {}, .membership_id = {}};
    call.ensure = false;
    call.confirmed = true;
    call.if_version = std::nullopt;
    return call;
  }

  Call call_;
  Work work_;
};

}  // namespace hub::core
