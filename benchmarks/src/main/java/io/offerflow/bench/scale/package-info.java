/** Cost of a command against the size of the state. */
package io.offerflow.bench.scale;
