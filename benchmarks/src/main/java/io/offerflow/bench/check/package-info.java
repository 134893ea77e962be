/** The check that every command has its one outcome, in a process of its own; without it a run says nothing. */
package io.offerflow.bench.check;
