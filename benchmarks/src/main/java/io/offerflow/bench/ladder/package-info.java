/** {@code ./offerflow bench ladder}: the service beside what it is made of, in one run. */
package io.offerflow.bench.ladder;
