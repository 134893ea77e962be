/** {@code ./offerflow bench recovery}: from a kill without warning to the next committed outcome. */
package io.offerflow.bench.recovery;
