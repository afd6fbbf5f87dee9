package io.qupersync.interfaces.http;

/// One thing the API tells of or acts on, and its routes.
public interface Resource {

  void addTo(Routes routes);
}
