//! What the register gives out so that others can hold it to its word: checkpoints, tiles and proofs.

use std::collections::BTreeMap;
use std::sync::Arc;

use comity_policy::Seat;
use comity_register::merkle::leaf;
use comity_register::tile::{self, TileError, TileTree};
use comity_register::{
    Checkpoint, ConsistencyProof, Hash, Head, InclusionProof, Note, Tile, VerifierKey,
};

use crate::keys::{self, Keyring};
use crate::{Error, Registrar, State};

/// What proves an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActProof {
    /// There is no such act for this seat: a closed act and one that is not there are told alike.
    Unknown,
    /// The public checkpoint has not moved past it yet.
    Pending,
    /// No key is at hand to sign the checkpoint.
    Unsigned,
    Proven(InclusionProof),
}

/// What proves that the register only grew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GrowthProof {
    /// The public checkpoint covers less than that.
    Beyond,
    /// No key is at hand to sign the checkpoint.
    Unsigned,
    Proven(ConsistencyProof),
}

/// The last checkpoint that was signed, with the keys that were to sign it.
#[derive(Debug)]
pub(crate) struct Signed {
    checkpoint: Checkpoint,
    signers: Vec<VerifierKey>,
    note: Note,
}

/// What reads a tile, as a tree takes it.
type Reading<'a> = &'a mut dyn FnMut(Tile) -> Option<Vec<Hash>>;

impl Registrar {
    /// The same registrar, with the keys that sign its checkpoints.
    #[must_use]
    pub fn signing_with(mut self, keyring: Arc<dyn Keyring>) -> Self {
        self.keyring = keyring;
        self
    }

    /// Where the public is told that the register stands: it moves once a day, at midnight by the conference's clock.
    pub fn public_head(&self) -> Head {
        let state = self.state();
        state.midnights.public(self.today(), state.head())
    }

    /// The checkpoint that the public gets.
    ///
    /// # Errors
    /// The register has no name, because it has no rules.
    pub fn public_checkpoint(&self) -> Result<Checkpoint, Error> {
        let state = self.state();
        let head = state.midnights.public(self.today(), state.head());
        checkpoint(&state, head)
    }

    /// The checkpoint of the register as it stands: for members' seats and the operator.
    ///
    /// # Errors
    /// The register has no name, because it has no rules.
    pub fn live_checkpoint(&self) -> Result<Checkpoint, Error> {
        let state = self.state();
        checkpoint(&state, state.head())
    }

    /// The keys whose signatures a checkpoint carries now, the current one first.
    pub fn signers(&self) -> Vec<VerifierKey> {
        keys::signers(
            &self.state().conference.keys,
            self.instants.conference.now(),
        )
    }

    /// Signs a checkpoint of this register. `None` if no key that may sign is at hand.
    pub fn sign(&self, checkpoint: &Checkpoint) -> Option<Note> {
        let signers = self.signers();
        let mut signed = self.signed.lock().ok()?;
        if let Some(last) = signed.as_ref()
            && last.checkpoint == *checkpoint
            && last.signers == signers
        {
            return Some(last.note.clone());
        }
        let note = keys::sign(checkpoint, &signers, self.keyring.as_ref())?;
        *signed = Some(Signed {
            checkpoint: checkpoint.clone(),
            signers,
            note: note.clone(),
        });
        Some(note)
    }

    /// The bytes of a hash tile. `None` if the public checkpoint does not cover all of it.
    ///
    /// # Errors
    /// A register that cannot be read.
    pub async fn tile(&self, tile: Tile) -> Result<Option<Vec<u8>>, Error> {
        let state = self.state();
        let public = state.midnights.public(self.today(), state.head());
        if !tile.is_in(public.size) {
            return Ok(None);
        }
        let hashes = match state.roots.hashes(tile) {
            Some(hashes) => hashes,
            None => self.leaves(tile).await?,
        };
        Ok(Some(tile::encode(&hashes)))
    }

    /// The proof that an act which the seat may see is in the register.
    ///
    /// # Errors
    /// A register that cannot be read.
    pub async fn act_proof(&self, seat: Seat, act: &str) -> Result<ActProof, Error> {
        let Some(stored) = self.visible(seat, act).await? else {
            return Ok(ActProof::Unknown);
        };
        let checkpoint = self.public_checkpoint()?;
        if stored.position >= checkpoint.head().size {
            return Ok(ActProof::Pending);
        }
        let Some(note) = self.sign(&checkpoint) else {
            return Ok(ActProof::Unsigned);
        };
        let hashes = self.path(stored.position, checkpoint.head()).await?;
        Ok(ActProof::Proven(InclusionProof {
            position: stored.position,
            hashes,
            checkpoint: note,
        }))
    }

    /// The proof that the register only grew since it had a size that the asker knows from a checkpoint.
    ///
    /// # Errors
    /// A register that cannot be read.
    pub async fn growth_proof(&self, old_size: u64) -> Result<GrowthProof, Error> {
        let checkpoint = self.public_checkpoint()?;
        if old_size > checkpoint.head().size {
            return Ok(GrowthProof::Beyond);
        }
        let Some(note) = self.sign(&checkpoint) else {
            return Ok(GrowthProof::Unsigned);
        };
        let prove = |tree: &mut TileTree<Reading<'_>>| tree.consistency_proof(old_size);
        let hashes = self.ask_tiles(checkpoint.head().size, prove).await?;
        Ok(GrowthProof::Proven(ConsistencyProof {
            old_size,
            hashes,
            checkpoint: note,
        }))
    }

    /// The way from a leaf to the root of a head.
    pub(crate) async fn path(&self, position: u64, head: Head) -> Result<Vec<Hash>, Error> {
        let prove = |tree: &mut TileTree<Reading<'_>>| tree.inclusion_proof(position);
        self.ask_tiles(head.size, prove).await
    }

    /// Asks a tree of tiles twice: first for which tiles of leaves it needs, and then, when these have been read, for
    /// the answer. It needs two or three, however long the register.
    async fn ask_tiles<T>(
        &self,
        size: u64,
        ask: impl Fn(&mut TileTree<Reading<'_>>) -> Result<T, TileError>,
    ) -> Result<T, Error> {
        let roots = self.state().roots.clone();
        let mut needed = BTreeMap::new();
        let mut note = |tile: Tile| {
            let hashes = roots.hashes(tile);
            hashes.or_else(|| {
                needed.insert(tile, Vec::new());
                Some(vec![Hash::from_bytes([0; 32]); tile.width().into()])
            })
        };
        ask(&mut TileTree::new(size, &mut note)).map_err(|source| Error::Tile { size, source })?;
        for (tile, leaves) in &mut needed {
            *leaves = self.leaves(*tile).await?;
        }
        let mut read = |tile: Tile| roots.hashes(tile).or_else(|| needed.get(&tile).cloned());
        ask(&mut TileTree::new(size, &mut read)).map_err(|source| Error::Tile { size, source })
    }

    /// The leaves of a tile of level 0, made from the records.
    async fn leaves(&self, tile: Tile) -> Result<Vec<Hash>, Error> {
        let missing = || Error::Root {
            size: tile.positions().map_or(0, |positions| positions.end),
        };
        let positions = tile.positions().ok_or_else(missing)?;
        let page = self
            .register
            .read(positions.start, tile.width().into())
            .await?;
        let leaves: Vec<Hash> = page.iter().map(|stored| leaf(&stored.blob)).collect();
        if leaves.len() != usize::from(tile.width()) {
            return Err(missing());
        }
        Ok(leaves)
    }
}

fn checkpoint(state: &State, head: Head) -> Result<Checkpoint, Error> {
    let adopted = state.conference.rules.as_ref();
    let origin = adopted.map_or_else(String::new, |(_, adopted)| adopted.origin());
    Checkpoint::new(&origin, head).map_err(|error| Error::Form {
        position: 0,
        what: error.to_string(),
    })
}
