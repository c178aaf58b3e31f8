#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "connection.h"
#include "hub/base/result.h"

namespace hub::store::sqlite {

// Connections that only read: as many as there are threads reading at the same time. A few keep more in memory and go
// first; among equals the one used last is used next, since its pages are warm.
class Readers {
 public:
  Readers(std::string path, Use use, const Engine& engine) : path_(std::move(path)), use_(use), engine_(engine) {}

  Result<void> read(const std::function<Result<void>(Session&)>& job);

 private:
  struct Reader {
    bool keeps_much = false;
    std::unique_ptr<Connection> connection;  // none: to be opened, or lost
  };

  Result<void> read_with(Reader& reader, const std::function<Result<void>(Session&)>& job);
  Reader take();
  void give_back(Reader reader);

  const std::string path_;
  const Use use_;
  const Engine& engine_;
  std::mutex mutex_;
  std::vector<Reader> idle_, idle_with_much_;
  std::size_t with_much_ = 0;  // idle and at work
};

}  // namespace hub::store::sqlite
