/** Forked processes, and the processor time that they use. */
package io.offerflow.bench.run;
