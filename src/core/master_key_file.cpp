#include "master_key_file.h"

#include "hub/base/codes.h"
#include "hub/base/file.h"
#include "hub/crypto/master_key.h"

namespace hub::core {

Result<Secret> read_master_key(const std::string& path) {
  const Result<Secret> line = read_secret_file(path);
  if (line) return crypto::parse_master_key_line(*line);
  Error error = line.error();
  error.hint = error.code == codes::insecure_file
                   ? "chmod 600 " + path
                   : "name the key file with --master-key-file or HUBCTL_MASTER_KEY_FILE";
  error.code = codes::master_key;
  return error;
}

Result<Secret> read_or_make_master_key(const std::string& path, Random& random) {
  const Secret line = crypto::make_master_key_line(random);
  const Result<void> written = write_new_file(path, line.reveal() + "\n");
  if (!written && !(written.error().code == codes::exists)) return written.error();
  return read_master_key(path);
}

}  // namespace hub::core
