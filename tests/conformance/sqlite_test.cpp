#include <doctest/doctest.h>

#include "sqlite_backend.h"
#include "store_conformance.h"

namespace {

void on_sqlite(void (*check)(hub::conformance::Backend&)) {
  hub::conformance::SqliteBackend backend;
  check(backend);
}

}  // namespace

namespace hub::conformance {

TEST_CASE("sqlite: whole numbers come back exactly") { on_sqlite(whole_numbers_come_back_exactly); }
TEST_CASE("sqlite: text and octets come back exactly") { on_sqlite(text_and_octets_come_back_exactly); }
TEST_CASE("sqlite: null is neither empty nor zero") { on_sqlite(null_is_neither_empty_nor_zero); }
TEST_CASE("sqlite: ids times and booleans come back") { on_sqlite(ids_times_and_booleans_come_back); }
TEST_CASE("sqlite: placeholders go by their number") { on_sqlite(placeholders_go_by_their_number); }
TEST_CASE("sqlite: wrong placeholders are refused") { on_sqlite(wrong_placeholders_are_refused); }
TEST_CASE("sqlite: columns are never converted") { on_sqlite(columns_are_never_converted); }
TEST_CASE("sqlite: a visitor may stop early") { on_sqlite(a_visitor_may_stop_early); }
TEST_CASE("sqlite: a statement may run inside itself") { on_sqlite(a_statement_may_run_inside_itself); }
TEST_CASE("sqlite: execute counts changed rows") { on_sqlite(execute_counts_changed_rows); }
TEST_CASE("sqlite: RETURNING takes effect even if not read to the end") {
  on_sqlite(returning_takes_effect_even_if_not_read_to_the_end);
}

TEST_CASE("sqlite: an error undoes its job") { on_sqlite(an_error_undoes_its_job); }
TEST_CASE("sqlite: roll_back undoes its job") { on_sqlite(roll_back_undoes_its_job); }
TEST_CASE("sqlite: an exception undoes its job") { on_sqlite(an_exception_undoes_its_job); }
TEST_CASE("sqlite: a job reads what it wrote") { on_sqlite(a_job_reads_what_it_wrote); }
TEST_CASE("sqlite: a read sees one snapshot") { on_sqlite(a_read_sees_one_snapshot); }
TEST_CASE("sqlite: a read session cannot write") { on_sqlite(a_read_session_cannot_write); }
TEST_CASE("sqlite: a write inside a write is refused") { on_sqlite(a_write_inside_a_write_is_refused); }
TEST_CASE("sqlite: a replayed job has the same effect") { on_sqlite(a_replayed_job_has_the_same_effect); }

TEST_CASE("sqlite: one of many threads wins") { on_sqlite(one_of_many_threads_wins); }
TEST_CASE("sqlite: one of two processes wins") { on_sqlite(one_of_two_processes_wins); }
TEST_CASE("sqlite: two processes write without seeing each other") {
  on_sqlite(two_processes_write_without_seeing_each_other);
}
TEST_CASE("sqlite: two processes count without losing one") { on_sqlite(two_processes_count_without_losing_one); }
TEST_CASE("sqlite: acknowledged rows survive a kill") { on_sqlite(acknowledged_rows_survive_a_kill); }

}  // namespace hub::conformance
