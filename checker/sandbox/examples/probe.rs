//! Says which layers this machine has: `cargo run -p sandbox --example probe SHIM`.

fn main() {
    let shim = std::env::args_os().nth(1).expect("the path of `confine`");
    let layers = sandbox::Shim::new(shim, [] as [&str; 0]).probe();
    println!("level: {:?}", layers.level());
    for layer in layers.in_force() {
        println!("in force: {layer}");
    }
    for (layer, reason) in layers.missing() {
        println!("missing: {layer} ({reason})");
    }
}
