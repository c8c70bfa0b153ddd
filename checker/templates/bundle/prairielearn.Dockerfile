# The image that PrairieLearn grades in: docker build --tag @IMAGE@ .
FROM debian:trixie-slim
RUN apt-get update && apt-get install --yes --no-install-recommends gcc libc6-dev \
    && rm -rf /var/lib/apt/lists/*
COPY course /course
RUN sh /course/setup.sh
