//! What the receiving ends of `std` and of crossbeam have in common.

/// Methods and iterators of a `Receiver` around a [`Sink`](super::channel::Sink),
/// with the errors that are in scope under their names.
#[doc(hidden)]
#[macro_export]
macro_rules! receiver {
    () => {
        impl<T> Receiver<T> {
            /// Receives the oldest message.
            ///
            /// # Errors
            /// When all senders are gone and nothing is left.
            pub fn recv(&self) -> Result<T, RecvError> {
                self.0.receive($crate::sync::channel::Patience::Endless).map_err(|_| RecvError)
            }

            /// Receives the oldest message if there is one.
            ///
            /// # Errors
            /// When there is none.
            pub fn try_recv(&self) -> Result<T, TryRecvError> {
                self.0.receive($crate::sync::channel::Patience::None).map_err(|unreceived| {
                    match unreceived {
                        $crate::sync::channel::Unreceived::Empty => TryRecvError::Empty,
                        $crate::sync::channel::Unreceived::Disconnected => {
                            TryRecvError::Disconnected
                        }
                    }
                })
            }

            /// Receives the oldest message if one comes in time.
            ///
            /// # Errors
            /// When none came.
            pub fn recv_timeout(
                &self,
                timeout: $crate::time::Duration,
            ) -> Result<T, RecvTimeoutError> {
                let patience =
                    $crate::sync::channel::Patience::Until($crate::time::Instant::now() + timeout);
                self.0.receive(patience).map_err(|unreceived| match unreceived {
                    $crate::sync::channel::Unreceived::Empty => RecvTimeoutError::Timeout,
                    $crate::sync::channel::Unreceived::Disconnected => {
                        RecvTimeoutError::Disconnected
                    }
                })
            }

            /// The messages until all senders are gone.
            pub fn iter(&self) -> Iter<'_, T> {
                Iter(self)
            }

            /// The messages that are there.
            pub fn try_iter(&self) -> TryIter<'_, T> {
                TryIter(self)
            }
        }

        /// The messages until all senders are gone.
        #[derive(Debug)]
        pub struct Iter<'a, T>(&'a Receiver<T>);

        /// The messages that are there.
        #[derive(Debug)]
        pub struct TryIter<'a, T>(&'a Receiver<T>);

        /// The messages until all senders are gone, with the receiver.
        #[derive(Debug)]
        pub struct IntoIter<T>(Receiver<T>);

        impl<T> Iterator for Iter<'_, T> {
            type Item = T;

            fn next(&mut self) -> Option<T> {
                self.0.recv().ok()
            }
        }

        impl<T> Iterator for TryIter<'_, T> {
            type Item = T;

            fn next(&mut self) -> Option<T> {
                self.0.try_recv().ok()
            }
        }

        impl<T> Iterator for IntoIter<T> {
            type Item = T;

            fn next(&mut self) -> Option<T> {
                self.0.recv().ok()
            }
        }

        impl<'a, T> IntoIterator for &'a Receiver<T> {
            type Item = T;
            type IntoIter = Iter<'a, T>;

            fn into_iter(self) -> Iter<'a, T> {
                self.iter()
            }
        }

        impl<T> IntoIterator for Receiver<T> {
            type Item = T;
            type IntoIter = IntoIter<T>;

            fn into_iter(self) -> IntoIter<T> {
                IntoIter(self)
            }
        }
    };
}
