//! The shim as a program of its own: `confine POLICY PROGRAM ARGUMENTS…`.

fn main() {
    sandbox::shim_main(std::env::args_os().skip(1))
}
