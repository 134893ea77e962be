/** Processes of a run: forked JVMs, their signals and their processor time. */
package io.offerflow.bench.run;
