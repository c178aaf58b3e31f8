#include <doctest/doctest.h>

#include "support/nexus_hub.h"

// The list query language (nexus211.md section 5), asked of the profiles of acme.
namespace hub::testing {
namespace {

struct Made {
  const char *first, *last, *email, *metadata;
};
constexpr std::array people{
    Made{"Ada", "Lovelace", "ada@crowd.test", R"({"kind":"printer","level":3})"},
    Made{"Grace", "Hopper", "grace@crowd.test", R"({"kind":"designer"})"},
    Made{"Alan", "Turing", "alan@crowd.test", R"({"kind":"printer","level":11})"},
    Made{"alan", "kay", nullptr, "{}"},
    Made{"100%", "a|b", nullptr, "{}"},
};

class Crowd : public NexusHub {
 public:
  Crowd() {
    for (const Made& one : people) {
      Json body = {{"firstName", one.first}, {"lastName", one.last}, {"metadata", must(parse_json(one.metadata))}};
      if (one.email != nullptr) body["email"] = one.email;
      clock().advance(std::chrono::seconds(1));
      json_of(ask(Method::post, "/profiles", tool(), body));
    }
  }
  // The first names in the order of the answer; those who have none are of the fixture and left out.
  std::string names(const std::string& query) {
    std::string out;
    for (const Json& row : json_of(get("/profiles?" + query, tool()))) {
      if (row["firstName"].is_string()) out += (out.empty() ? "" : " ") + row["firstName"].get<std::string>();
    }
    return out;
  }
};

struct Row {
  const char* query;
  const char* names;
};

TEST_CASE("nexus lists: filters select as the query language says") {
  Crowd hub;
  constexpr std::array table{
      Row{"firstName=Ada", "Ada"},
      Row{"firstName:ne=Ada", "Grace Alan alan 100%"},
      Row{"firstName=ada", ""},
      Row{"email=null&roles=contact", "alan 100%"},
      Row{"email:ne=null&lastName:ne=null", "Ada Grace Alan"},
      Row{"email:ne=ada@crowd.test&firstName:ne=null", "Grace Alan"},
      Row{"firstName:gt=B&firstName:lt=H", "Grace"},
      Row{"firstName:gte=Grace", "Grace alan"},
      Row{"firstName:lte=Ada", "Ada 100%"},
      Row{"firstName:bt=Ada,Alan", "Ada Alan"},
      Row{"firstName:bt=B,A", ""},
      Row{"firstName:in=Ada%7CGrace", "Ada Grace"},
      Row{"lastName:in=a%5C%7Cb%7Cnone", "100%"},
      Row{"firstName:notin=Ada%7CGrace%7CAlan", "alan 100%"},
      Row{"email:notin=null&firstName:ne=null", "Ada Grace Alan"},
      Row{"firstName:like=a%25", "Ada Alan alan"},
      Row{"firstName:like=_lan", "Alan alan"},
      Row{"firstName:like=%25%5C%25", "100%"},
      Row{"firstName:notlike=a%25", "Grace 100%"},
      Row{"firstName,lastName:concatlike=a+love", "Ada"},
      Row{"firstName,metadata.kind:concatlike=alan+print", "Alan"},
      Row{"metadata.kind=printer", "Ada Alan"},
      Row{"metadata.level:gt=3", "Alan"},
      Row{"roles=contact&firstName:ne=null", "Ada Grace Alan alan 100%"},
      Row{"roles:ne=contact&firstName:ne=null", ""},
      Row{"serviceAccount=false&firstName=Ada", "Ada"},
      Row{"serviceAccount=1", ""},
      Row{"firstName=Ada&firstName=Grace", ""},
      Row{"nothing=x&firstName=Ada", "Ada"},
      Row{"nothing:weird=x&firstName=Ada", "Ada"},
      Row{"nothing,unknown=x&firstName=Ada", "Ada"},
      Row{"createdAt:gt=2000-01-01&firstName=Ada", "Ada"},
      Row{"createdAt:lt=2000-01-01T00:00:00Z", ""},
      Row{"%24withSurvey=true&firstName=Ada", "Ada"},
      Row{"$unknown=1&$with=nothing&firstName=Ada", "Ada"},
  };
  for (const Row& row : table) {
    CAPTURE(row.query);
    CHECK(hub.names(row.query) == row.names);
  }
}

TEST_CASE("nexus lists: order is by attributes and then by id with null at its end") {
  Crowd hub;
  constexpr std::array table{
      Row{"firstName:ne=null", "Ada Grace Alan alan 100%"},
      Row{"firstName:ne=null&$order=firstName", "100% Ada Alan Grace alan"},
      Row{"firstName:ne=null&$order=firstName%20DESC", "alan Grace Alan Ada 100%"},
      Row{"firstName:ne=null&$order=createdAt%20desc", "100% alan Alan Grace Ada"},
      Row{"firstName:ne=null&$order=unknown,firstName+asc", "100% Ada Alan Grace alan"},
      Row{"firstName:in=Ada%7Calan%7CGrace&$order=email", "Ada Grace alan"},
      Row{"firstName:in=Ada%7Calan%7CGrace&$order=email+desc", "alan Grace Ada"},
      Row{"firstName:ne=null&$order=metadata.kind,lastName&$limit=3", "Grace Ada Alan"},
  };
  for (const Row& row : table) {
    CAPTURE(row.query);
    CHECK(hub.names(row.query) == row.names);
  }
  const Texts ids = hub.column("/profiles?$order=serviceAccount", hub.tool(), "id");
  CHECK(std::ranges::is_sorted(ids));
}

TEST_CASE("nexus lists: limit and skip cut the page and the total counts all matches") {
  Crowd hub;
  struct Page {
    const char* query;
    std::size_t rows;
    const char* total;
  };
  const std::array table{
      Page{"", 9, "9"},
      Page{"$limit=2", 2, "9"},
      Page{"$limit=0", 0, "9"},
      Page{"$skip=8", 1, "9"},
      Page{"$skip=99", 0, "9"},
      Page{"$limit=5000", 9, "9"},
      Page{"$skip=18446744073709551616", 0, "9"},
      Page{"$limit=99999999999999999999&$skip=9223372036854775807", 0, "9"},
      Page{"firstName:ne=null&$limit=2", 2, "5"},
      Page{"firstName:ne=null&$skip=4", 1, "5"},
      Page{"firstName:ne=null&$order=firstName&$limit=2&$skip=1", 2, "5"},
      Page{"firstName:ne=null&$order=firstName&$skip=9223372036854775807", 0, "5"},
      Page{"firstName=nobody", 0, "0"},
  };
  for (const Page& page : table) {
    CAPTURE(page.query);
    const Answer answer = hub.send(get(std::string("/profiles?") + page.query, hub.tool()));
    CHECK(answer.status == 200);
    CHECK(answer.json().size() == page.rows);
    CHECK(answer.header("X-Total-Count") == page.total);
  }
  CHECK(hub.names("firstName:ne=null&$order=firstName&$limit=2&$skip=1") == "Ada Alan");
}

TEST_CASE("nexus lists: what is no query is refused as invalid_query") {
  NexusHub hub;
  for (const std::string query : {"$limit=-1",
                                  "$limit=%2B1",
                                  "$limit=1.5",
                                  "$limit=",
                                  "$limit=x",
                                  "$skip=-1",
                                  "$skip=%201",
                                  "$order=email%20up",
                                  "$order=email%20asc%20desc",
                                  "email:weird=1",
                                  "email:=1",
                                  "email:bt=1",
                                  "email:bt=1,2,3",
                                  "createdAt=soon",
                                  "createdAt:gt=2024-13-01",
                                  "serviceAccount=maybe",
                                  "roles:like=%25",
                                  "roles:gt=a",
                                  "email:concatlike=a",
                                  "firstName,email=x",
                                  "firstName,lastName=x",
                                  "metadata=x",
                                  "email:like=%25%25%25%25%25%25%25%25%25a%25"}) {
    CAPTURE(query);
    CHECK(hub.told(get("/profiles?" + query, hub.tool())) == "400 invalid_query");
  }
}

TEST_CASE("nexus lists: with puts related things in the place of their ids") {
  NexusHub hub;
  const std::string acme_hash = hub.org_hash("acme");
  const Json rows = hub.json_of(get("/profiles?email=owner@acme.test&$with=organization,user", hub.tool()));
  REQUIRE(rows.size() == 1);
  CHECK(rows[0]["organization"] == Json({{"id", acme_hash}, {"name", "acme"}}));
  CHECK(rows[0]["user"]["email"] == "owner@acme.test");
  const Json plain = hub.json_of(get("/profiles?email=owner@acme.test", hub.tool()));
  CHECK(plain[0]["organization"] == acme_hash);
  CHECK(plain[0]["user"] == rows[0]["user"]["id"]);
}

TEST_CASE("nexus lists: an id is found by its UUID as well as by its HashID") {
  NexusHub hub;
  const auto profile = hub.membership("member@acme.test");
  for (const std::string& id : {profile.id, profile.hash_id}) {
    CAPTURE(id);
    CHECK(hub.column("/profiles?id=" + id, hub.tool(), "id") == Texts{profile.hash_id});
    CHECK(hub.column("/profiles?id:in=nothing%7C" + id, hub.tool(), "id") == Texts{profile.hash_id});
    CHECK(hub.json_of(get("/profiles/" + id, hub.tool()))["id"] == profile.hash_id);
  }
  CHECK(hub.column("/profiles?organization=" + hub.acme() + "&email=member@acme.test", hub.tool(), "id") ==
        Texts{profile.hash_id});
}

}  // namespace
}  // namespace hub::testing
