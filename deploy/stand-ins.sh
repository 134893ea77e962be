#!/usr/bin/env bash
# Builds STAND-INS for the images that docker-compose.yml names, for a machine without access to an image registry: the
# same programs from Debian's packages and Maven Central, under the same names, so that the compose file runs unchanged.
# They are not the images of those projects, and a label says so. Do not run this where an image registry is available.
#
#   deploy/stand-ins.sh            all of them, then Offerflow's two images
#
# Needs root, debootstrap, a running Docker engine, a JDK 21 or newer; prometheus from Debian for the profile observe.
set -euo pipefail
cd "$(dirname "$0")/.."
readonly KAFKA=4.4.0 APICURIO=3.3.3 PROMETHEUS=v2.42.0 JAVA=25-jre
readonly WORK="$PWD/deploy/target/stand-ins"
readonly LABEL='io.offerflow.stand-in="built by deploy/stand-ins.sh from packages, not by its project"'
mkdir -p "$WORK"
export DOCKER_BUILDKIT=0 # the engine's builder: BuildKit needs an image registry

jdk="$(OFFERFLOW_SHOW_JDK=1 ./offerflow)"
has() { docker image inspect "$1" >/dev/null 2>&1; }
copy() { # artifact of Maven Central, folder
  ./mvnw -B -q -ntp -N org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy -Dartifact="$1" \
    -DoutputDirectory="$2"
}

if ! has offerflow-stand-in/debian:12; then
  [[ -d "$WORK/debian/bin" ]] || debootstrap --variant=minbase --include=ca-certificates bookworm "$WORK/debian"
  tar -C "$WORK/debian" -c . | docker import --change "LABEL $LABEL" - offerflow-stand-in/debian:12
fi

if ! has eclipse-temurin:$JAVA; then
  mkdir -p "$WORK/java"
  rm -rf "$WORK/java/jre"
  cp -rL "$jdk" "$WORK/java/jre"
  rm -rf "$WORK"/java/jre/{jmods,lib/src.zip,man,include}
  docker build -q -t eclipse-temurin:$JAVA -f - "$WORK/java" <<DOCKERFILE
FROM offerflow-stand-in/debian:12
LABEL $LABEL
COPY jre /opt/java/openjdk
ENV JAVA_HOME=/opt/java/openjdk LANG=C.UTF-8
ENV PATH=/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
DOCKERFILE
fi
[[ -f "$WORK/java.tar" ]] || docker save -o "$WORK/java.tar" eclipse-temurin:$JAVA

# As in Kafka's image, Kafka's program turns KAFKA_... variables into properties and formats the disk.
if ! has apache/kafka:$KAFKA; then
  ./mvnw -B -q -ntp -Dmaven.test.skip=true -pl sandbox -am package dependency:copy-dependencies -DincludeScope=runtime \
    -DoutputDirectory="$WORK/kafka/libs"
  rm -f "$WORK"/kafka/libs/schemas-*.jar "$WORK"/kafka/libs/sandbox-*.jar
  cp deploy/kafka-stand-in.sh "$WORK/kafka/run"
  docker build -q -t apache/kafka:$KAFKA -f - "$WORK/kafka" <<DOCKERFILE
FROM eclipse-temurin:$JAVA
LABEL $LABEL
COPY libs /opt/kafka/libs
COPY run /etc/kafka/docker/run
RUN mkdir -p /opt/kafka/config /mnt/shared/config /var/lib/kafka/data /etc/kafka/secrets \
  && touch /etc/kafka/docker/server.properties /etc/kafka/docker/log4j2.yaml /etc/kafka/docker/tools-log4j2.yaml \
  && chown -R 1000:1000 /opt/kafka/config /var/lib/kafka /mnt/shared && chmod 755 /etc/kafka/docker/run
USER 1000
CMD ["/etc/kafka/docker/run"]
DOCKERFILE
fi

if ! has apicurio/apicurio-registry:$APICURIO; then
  mkdir -p "$WORK/apicurio"
  [[ -f "$WORK/apicurio/quarkus-run.jar" ]] || {
    copy io.apicurio:apicurio-registry-app:$APICURIO:tar.gz:all "$WORK"
    tar xzf "$WORK/apicurio-registry-app-$APICURIO-all.tar.gz" -C "$WORK/apicurio"
  }
  docker build -q -t apicurio/apicurio-registry:$APICURIO -f - "$WORK/apicurio" <<DOCKERFILE
FROM eclipse-temurin:$JAVA
LABEL $LABEL
COPY . /deployments
WORKDIR /deployments
USER 1001
EXPOSE 8080
CMD ["java", "-XX:MaxRAMPercentage=60", "-Dquarkus.http.host=0.0.0.0", "-jar", "quarkus-run.jar"]
DOCKERFILE
fi

if ! has prom/prometheus:$PROMETHEUS && command -v prometheus promtool >/dev/null; then
  mkdir -p "$WORK/prometheus"
  cp "$(command -v prometheus)" "$(command -v promtool)" "$WORK/prometheus/"
  docker build -q -t prom/prometheus:$PROMETHEUS -f - "$WORK/prometheus" <<DOCKERFILE
FROM offerflow-stand-in/debian:12
LABEL $LABEL
COPY prometheus promtool /bin/
RUN mkdir -p /prometheus && chown 65534:65534 /prometheus
USER 65534
ENTRYPOINT ["/bin/prometheus"]
CMD ["--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/prometheus"]
DOCKERFILE
fi

# Offerflow's images are the real ones, on the stand-in for their base.
./mvnw -B -q -ntp -Pimages -DskipTests -Dofferflow.image.base="tar://$WORK/java.tar" \
  -pl producer-cli -am package
docker load -q -i producer-cli/target/service-image.tar
docker load -q -i producer-cli/target/cli-image.tar
docker images --format '{{.Repository}}:{{.Tag}}  {{.Size}}' | grep -E '^(offerflow|apache|apicurio|eclipse|prom)'
