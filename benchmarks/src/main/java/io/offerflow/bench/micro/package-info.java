/** The parts of one command, by JMH. */
package io.offerflow.bench.micro;
