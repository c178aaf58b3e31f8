#pragma once
#include <vector>

#include "hub/operations/operation.h"

// The operations of each noun, in the order help lists them. table.cpp concatenates them.
namespace hub::operations {}  // namespace hub::operations
