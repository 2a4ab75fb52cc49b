//! The goodword program.

use std::process::ExitCode;

// Rows are made on the threads of the database and let go on those that answer, which the system's
// allocator is slow at: a list or a board costs a quarter less processor time with this one. It stands in
// for malloc as a whole, so that SQLite has it too.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    server::cli::run().await
}
