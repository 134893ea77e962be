/** The oracles: exact checks of everything that a run has committed. */
package io.offerflow.faults.oracle;
