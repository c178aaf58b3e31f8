#pragma once
#include <optional>
#include <string>

#include "hub/base/secret.h"
#include "hub/core/session.h"

// Accounts in the browser: sign-up, verification of addresses, forgotten passwords (nexus211.md sections 1.3 and 8,
// security.md section 12). Links are good once, for a while, for the address they were sent to (claim AC-04).
namespace hub::core {

struct SignUp {
  std::string email;
  std::optional<std::string> first_name, last_name;
  Secret password;
  std::string language;                    // "en", "de": of the mail and of the person
  std::string address;                     // it came from; "" is not counted
  std::optional<std::string> return_path;  // local path, after the link was followed: "/id/sign-in?request=..."
};
// Makes the person, unverified, and sends the link; for a taken address it sends a note to it instead and answers alike
// (claim AC-01). too_many_attempts for one address of origin, counted before the password is hashed. invalid_request
// for addresses, names and passwords that cannot be. `person`: whom it made, if anybody, so that the one who signed up
// can go on; the page must not tell the difference.
struct SignedUp {
  std::optional<PersonId> person;
};
Result<SignedUp> sign_up(Hub& hub, const Call& call, const SignUp& request);

// Sends another verification link to a person who is signed in.
Result<void> send_verification(Work& work, const Person& person, const std::string& language,
                               const std::optional<std::string>& return_path);
// The address is verified from now on, and waiting memberships become the person's. The link proves a mailbox and not
// whose password it is: so it is `who`, signed in, that follows it, and nobody's address is verified for somebody who
// signed up with it before them. invalid_link, also when it is another's.
struct FollowedLink {
  Person person;
  std::optional<std::string> return_path;
};
Result<FollowedLink> verify_by_link(Work& work, const Secret& link, const PersonId& who);

struct RequestReset {
  std::string email;
  std::string language;
};
// Sends a link to a known address and does the same work for an unknown one.
Result<void> request_reset(Hub& hub, const Call& call, const RequestReset& request);
// Whether the link is good still, without using it up; invalid_link.
Result<Person> look_at_reset(View& view, const Secret& link);
// Another password; all sessions and tokens of the person end (claim AC-04). The address counts as verified, since the
// mail arrived. invalid_link, invalid_request for the password.
Result<Person> reset_password(Hub& hub, const Call& call, const Secret& link, const Secret& password);

struct ChangePassword {
  PersonId person;
  Secret current, password;
  std::optional<SessionId> kept;  // the browser's own session goes on
};
// invalid_credentials for a wrong current one, counted like a sign-in.
Result<void> change_password(Hub& hub, const Call& call, const ChangePassword& request);

// `hubctl person reset-link PERSON`: a link made by an operator, since a small hub has no mail.
struct MakeLink {
  std::string person;
};
struct LinkAnswer {
  std::string person;
  Instant expires_at;
  std::string id;  // of the person
  std::optional<Secret> url;
};
Result<Changed<LinkAnswer>> make_reset_link(Work& work, const MakeLink& request);

}  // namespace hub::core
