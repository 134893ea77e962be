/** The service's rules on a plain consumer and PostgreSQL, as a baseline to compare with. */
package io.offerflow.bench.peer;
