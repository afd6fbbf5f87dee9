package io.qupersync.interfaces.http;

import java.util.Arrays;

/// Whom the limits count together: an IPv4 address, or the /64 network that one IPv6 subscriber has
/// to himself.
final class ClientAddress {

  private static final int GROUPS_OF_A_NETWORK = 4;

  private ClientAddress() {}

  static String of(String remoteAddress) {
    String address = remoteAddress.replace("[", "").replace("]", "");
    if (!address.contains(":") || address.contains(".") || address.startsWith("::")) {
      return address;
    }
    String[] groups = address.split("::", 2)[0].split(":", -1);
    return String.join(":", Arrays.copyOf(groups, Math.min(groups.length, GROUPS_OF_A_NETWORK)));
  }
}
