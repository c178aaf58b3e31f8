#pragma once
// The layer `http` turns bytes into calls of core and back, and holds no rules of its own. wire/ owns sockets, framing
// and limits; routes.cpp is the one table of what is served; oauth/, hub_api/ and nexus_api/ speak the dialects of the
// contracts, admin.cpp the operation table.
