#pragma once
// The layer `base` knows nothing of hubs: errors as values, ids, text, time, JSON and files. Every other layer may use
// it; it uses none. Nothing here reads a clock or a random source by itself: both are handed in.
