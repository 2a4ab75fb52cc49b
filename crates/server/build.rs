//! Compiles the program again when the web app was built anew: what is embedded is read at compile time.

fn main() {
    println!("cargo::rerun-if-changed=../../web/dist");
}
