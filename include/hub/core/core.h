#pragma once
// The layer `core` holds the use cases: one function per operation, `Result<T> verb(View& or Work&, const Request&)`,
// and all rules that need data. Every door (command line, HTTP, pages) calls the same functions.
