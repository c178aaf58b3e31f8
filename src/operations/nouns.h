#pragma once
#include <vector>

#include "hub/operations/operation.h"

// The operations of each noun. table.cpp concatenates them.
namespace hub::operations {

std::vector<Operation> organization_operations();

}  // namespace hub::operations
