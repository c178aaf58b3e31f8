#pragma once
// The layer `domain` holds the pure rules on values: scope grammar, roles, redirect targets, lifetimes, and the plain
// structs of the things a hub knows. No I/O, no clock, no JSON, no database.
