/// In-memory fakes of every port, the contracts that they and the real adapters keep alike, and
/// fixtures that speak the domain. Shipped as the test jar of this module.
package io.qupersync.application.testkit;
