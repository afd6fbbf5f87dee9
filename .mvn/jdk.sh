# Sourced by mvnw and ./qupersync: points JAVA_HOME at a JDK that can build and run QuperSync.
# A JAVA_HOME that is new enough stays; else the first JDK >= 25 wins: PATH first, then the usual folders.
# Finding none is not an error here: whoever sources this checks qupersync_is_jdk "$JAVA_HOME" and says so.
# Plain POSIX sh, and safe under `set -eu`.

qupersync_min_java=25

# A JDK, not only a runtime (bin/javac), whose release file names a high enough version.
qupersync_is_jdk() {
  [ -n "$1" ] && [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 1
  qupersync_version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null)
  [ "${qupersync_version:-0}" -ge "$qupersync_min_java" ]
}

# The JDK behind the `java` on PATH, through symlinks such as /usr/bin/java -> /etc/alternatives/java -> ...
qupersync_jdk_on_path() {
  qupersync_java=$(command -v javac 2>/dev/null) || return 1
  while [ -L "$qupersync_java" ]; do
    qupersync_link=$(readlink "$qupersync_java") || return 1
    case $qupersync_link in
      /*) qupersync_java=$qupersync_link ;;
      *) qupersync_java=$(dirname -- "$qupersync_java")/$qupersync_link ;;
    esac
  done
  (cd -- "$(dirname -- "$qupersync_java")/.." 2>/dev/null && pwd -P)
}

qupersync_find_jdk() {
  if qupersync_is_jdk "${JAVA_HOME:-}"; then
    return 0
  fi
  for qupersync_dir in \
    "$(qupersync_jdk_on_path)" \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/jdk* /usr/local/openjdk* /usr/local/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-/nowhere}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec \
    "${SDKMAN_DIR:-${HOME:-/nowhere}/.sdkman}"/candidates/java/* \
    "${HOME:-/nowhere}"/.jdks/* "${HOME:-/nowhere}"/.jdks/*/Contents/Home \
    "${HOME:-/nowhere}"/.asdf/installs/java/* \
    "${HOME:-/nowhere}"/.local/share/mise/installs/java/*; do
    if qupersync_is_jdk "$qupersync_dir"; then
      JAVA_HOME=$qupersync_dir
      export JAVA_HOME
      return 0
    fi
  done
  return 1
}

qupersync_find_jdk || :
