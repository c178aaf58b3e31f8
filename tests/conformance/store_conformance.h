#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "hub/store/store.h"

// What every engine has to do, as functions over a backend; each engine has a file that makes a test case of each.
namespace hub::conformance {

class Backend {
 public:
  virtual ~Backend() = default;
  // One more way to one and the same database, with the empty table
  //   item (id BIGINT PRIMARY KEY, label TEXT, data BYTEA, is_flag BOOLEAN, taken_by BIGINT)
  // Nothing is open before the first call, so that a check may fork.
  virtual std::unique_ptr<store::Store> open() = 0;
};

void whole_numbers_come_back_exactly(Backend&);
void text_and_octets_come_back_exactly(Backend&);
void null_is_neither_empty_nor_zero(Backend&);
void ids_times_and_booleans_come_back(Backend&);
void placeholders_go_by_their_number(Backend&);
void wrong_placeholders_are_refused(Backend&);
void columns_are_never_converted(Backend&);
void a_visitor_may_stop_early(Backend&);
void a_statement_may_run_inside_itself(Backend&);
void execute_counts_changed_rows(Backend&);
void returning_takes_effect_even_if_not_read_to_the_end(Backend&);

void an_error_undoes_its_job(Backend&);
void roll_back_undoes_its_job(Backend&);
void an_exception_undoes_its_job(Backend&);
void a_job_reads_what_it_wrote(Backend&);
void a_read_sees_one_snapshot(Backend&);
void a_read_session_cannot_write(Backend&);
void a_write_inside_a_write_is_refused(Backend&);
void a_replayed_job_has_the_same_effect(Backend&);

void one_of_many_threads_wins(Backend&);
void one_of_two_processes_wins(Backend&);
void two_processes_write_without_seeing_each_other(Backend&);
void two_processes_count_without_losing_one(Backend&);
void acknowledged_rows_survive_a_kill(Backend&);

// Shared by the checks and by the tests of single engines.
Result<void> insert_item(store::Store& store, std::int64_t id, std::string_view label = "");
std::int64_t count_items(store::Store& store);

}  // namespace hub::conformance
