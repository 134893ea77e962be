/** The delivery engine: takes events from topics, has them sent in order and tried again, and records what was done. */
package io.offerflow.notifier.delivery;
