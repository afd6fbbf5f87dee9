/// The real application on ports in memory, in weather that a seed decides: calls fail, answers are
/// lost, processes die or stall, leases change hands, rows change meanwhile. Whatever happens, what
/// [io.qupersync.application.simulation.Oracle] says must hold. One seed, one story: everything
/// acts in turns, and every turn is decided by the seed.
package io.qupersync.application.simulation;
