/** The subjects of the ladder and their processes. */
package io.offerflow.bench.subject;
