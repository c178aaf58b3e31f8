#pragma once
#include "hub/core/work.h"
#include "hub/domain/app.h"

// A private app is connected to its owner without being asked, and what it desires is granted there (zaikio-hub.md
// section 1.3). Both do nothing for apps of other kinds.
namespace hub::core {

// Unless it is inactive or connected already.
Result<void> connect_private_app(Work& work, const App& app);
// Grants what it desires now, if the connection is still there: an owner who ended it meant that.
void regrant_private_app(Work& work, const App& app);

}  // namespace hub::core
