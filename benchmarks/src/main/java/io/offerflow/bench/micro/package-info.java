/** What the parts of one command cost, by JMH. */
package io.offerflow.bench.micro;
