/** Processes under measurement: forked JVMs, when they are ready, what processor time they used, and how they end. */
package io.offerflow.bench.run;
