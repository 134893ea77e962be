/** Recovery after a kill. */
package io.offerflow.bench.recovery;
