#pragma once
#include <string>

#include "output/sink.h"

namespace hub::testing {

// Collects what is written.
struct TextSink final : cli::Sink {
  void write(std::string_view more) override { text += more; }
  std::string text;
};

}  // namespace hub::testing
