# Where the toolchain, the registry and the build folder of this image are.
export PATH="$course/toolchain/bin:$PATH"
export CARGO_HOME="$course/cargo-home"
export CARGO_TARGET_DIR="$course/build"
export CARGO_NET_OFFLINE=true
export HOME="${HOME:-/root}"
