# The image that Tango grades in: docker build --tag @IMAGE@ .
# Tango needs its `autodriver` and the user `autolab` in it: begin with the image that your
# installation's `autograding_image` is made from, if that has them.
FROM debian:trixie-slim
RUN apt-get update && apt-get install --yes --no-install-recommends gcc libc6-dev make \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home autolab
COPY --chown=autolab course /course
USER autolab
RUN sh /course/setup.sh
USER root
