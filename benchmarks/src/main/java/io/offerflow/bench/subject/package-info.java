/** What runs on a bed: the service, and rungs below it that do ever less of what it does. */
package io.offerflow.bench.subject;
