#pragma once
#include <vector>

#include "hub/core/issue.h"
#include "hub/core/scope.h"
#include "hub/operations/operation.h"

// The operations of each noun. table.cpp concatenates them.
namespace hub::operations {

std::vector<Operation> organization_operations();
std::vector<Operation> person_operations();
std::vector<Operation> session_operations();
std::vector<Operation> membership_operations();
std::vector<Operation> role_operations();
std::vector<Operation> app_operations();
std::vector<Operation> credential_operations();
std::vector<Operation> scope_operations();
std::vector<Operation> desired_scope_operations();
std::vector<Operation> scope_check_operations();
std::vector<Operation> connection_operations();
std::vector<Operation> connection_request_operations();
std::vector<Operation> authorization_operations();
std::vector<Operation> code_operations();
std::vector<Operation> device_operations();
std::vector<Operation> token_operations();
std::vector<Operation> private_token_operations();
std::vector<Operation> token_check_operations();
std::vector<Operation> admin_token_operations();
std::vector<Operation> key_operations();
std::vector<Operation> status_operations();
std::vector<Operation> audit_operations();

Fields<core::Issued> issued_fields();      // of all that make tokens
Fields<core::ScopeAnswer> scope_fields();  // of both nouns that list scopes

}  // namespace hub::operations
